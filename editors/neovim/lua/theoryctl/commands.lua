--- The commands of a buffer that a server is attached to: `:TheoryRun`, `:TheoryResolved` and `:TheoryStatus`.
local settings = require("theoryctl.project").settings

local function say(text)
  vim.api.nvim_echo({ { text } }, true, {})
end

--- The payload with what is to be known about it, in a window of its own.
local function show_payload(resolved)
  local head = "The payload as it will be sent"
    .. (resolved.ref and (" to " .. resolved.ref .. ", mode " .. resolved.mode) or "; no processor is named")
  local lines = vim.tbl_map(function(note)
    return "// " .. note
  end, vim.list_extend({ head }, resolved.notes))
  vim.list_extend(lines, vim.split(vim.trim(resolved.text), "\n"))
  vim.cmd("botright new")
  vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = "nofile", "wipe", false
  vim.bo.modified, vim.bo.modifiable, vim.bo.filetype = false, false, "jsonc"
end

local function counted(number, word)
  return ("%d %s%s"):format(number, word, number == 1 and "" or "s")
end

local function show_status(status)
  local who = status.ref or "no processor"
  local from = status.from and status.from ~= "none" and (" (" .. status.from .. ")") or ""
  local found = counted(status.findings.error, "error") .. ", " .. counted(status.findings.warning, "warning")
  say(("theoryctl: %s, %s%s; %s; %s"):format(status.kind, who, from, found, table.concat(status.permissions, " ")))
end

--- Sends a request about a buffer, and gives its answer away unless there is none.
local function ask(client, bufnr, request)
  local function answered(err, result)
    if err then
      say(err.message)
    elseif result and result ~= vim.NIL then
      request.take(result)
    elseif not request.command then
      say("theoryctl: this is no inputs document")
    end
  end
  local uri = vim.uri_from_bufnr(bufnr)
  local method, params = request.method, { textDocument = { uri = uri } }
  if request.command then
    method, params = "workspace/executeCommand", { command = request.command, arguments = { { uri = uri } } }
  end
  if vim.fn.has("nvim-0.11") == 1 then
    client:request(method, params, answered, bufnr)
  else
    client.request(method, params, answered, bufnr)
  end
end

--- To be called as `on_attach`.
return function(client, bufnr)
  local function add(name, request)
    vim.api.nvim_buf_create_user_command(bufnr, name, function()
      ask(client, bufnr, request)
    end, { desc = request.desc })
  end
  add("TheoryRun", {
    desc = "Run the document in mock mode, or show the command line that does",
    command = settings().run and "theoryctl.runMock" or "theoryctl.commandLine",
    -- How it ended, or the command line, is told by the server.
    take = function() end,
  })
  add("TheoryResolved", { desc = "Show the payload as it will be sent", method = "theory/resolved", take = show_payload })
  add("TheoryStatus", { desc = "Say what the document is checked as", method = "theory/status", take = show_status })
end
