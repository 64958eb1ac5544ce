--- Sits before a Neovim that runs headless: types keys, waits for what comes of them, and tells what is seen.
local M = {}

local PAUSE = 10 -- milliseconds between two looks
local SAFETY = 20000 -- milliseconds after which a wait is given up; nothing is measured with it

local function tell(line)
  io.stdout:write(vim.json.encode(line) .. "\n")
  io.stdout:flush()
end

--- Tells one thing that is seen.
function M.see(name, value)
  tell({ name = name, value = value == nil and vim.NIL or value })
end

local function screen()
  local said = vim.api.nvim_exec("messages", true)
  local found = vim.tbl_map(function(each)
    return each.message
  end, vim.diagnostic.get(0))
  return ("mode %s\n%s\n%s\n%s"):format(vim.fn.mode(), M.text(), table.concat(found, "\n"), said)
end

--- Types keys as a person does, in the notation of mappings.
function M.type(keys)
  vim.api.nvim_input(keys)
  coroutine.yield(nil)
end

--- Waits until `look` finds something, which it returns; fails where that never happens.
function M.find(what, look)
  local late = vim.loop.now() + SAFETY
  while true do
    local found = look()
    if found then
      return found
    end
    assert(vim.loop.now() < late, "never seen: " .. what .. "\n" .. screen())
    coroutine.yield(nil)
  end
end

function M.pause(milliseconds)
  local late = vim.loop.now() + milliseconds
  M.find("the end of a pause", function()
    return vim.loop.now() >= late
  end)
end

function M.lines()
  return vim.api.nvim_buf_get_lines(0, 0, -1, false)
end

function M.text()
  return table.concat(M.lines(), "\n") .. "\n"
end

--- The findings in the buffer once there are some.
function M.findings()
  return M.find("findings", function()
    local found = vim.diagnostic.get(0)
    return #found > 0 and found
  end)
end

--- Runs the whole session, then ends Neovim: with 1 when something went wrong.
function M.session(body)
  local session = coroutine.create(body)
  local timer = vim.loop.new_timer()
  timer:start(
    0,
    PAUSE,
    vim.schedule_wrap(function()
      if coroutine.status(session) == "dead" then
        return
      end
      local ok, wrong = coroutine.resume(session)
      if not ok then
        tell({ name = "wrong", value = tostring(wrong) })
        vim.cmd("cquit")
      elseif coroutine.status(session) == "dead" then
        timer:stop()
        vim.cmd("qall!")
      end
    end)
  )
end

return M
