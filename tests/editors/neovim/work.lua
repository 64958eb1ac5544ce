--- Works in inputs.yaml for longer than a server lives that loses sight of its editor, then waits to be killed.
local typist = require("typist")

local process_id
local function remember(params)
  process_id = params.processId
end

if vim.fn.has("nvim-0.11") == 1 then
  vim.lsp.config("theoryctl", { before_init = remember })
else
  require("theoryctl").setup({ before_init = remember })
end

local function floating_text()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), "\n")
    end
  end
end

--- Waits until the text is another one.
local function changed(before)
  return typist.find("another text", function()
    local text = typist.text()
    return text ~= before and text
  end)
end

local function hover()
  typist.type("/messages<CR>:lua vim.lsp.buf.hover()<CR>")
  typist.see("hover", typist.find("a window over the text", floating_text))
  typist.type("gg")
end

local function definition()
  typist.type("/attach: <CR>W:lua vim.lsp.buf.definition()<CR>")
  typist.find("the declaration", function()
    return vim.fn.line(".") == 2
  end)
  typist.see("definition", vim.fn.expand("<cword>"))
end

local function rename()
  local before = typist.text()
  typist.type(":lua vim.lsp.buf.rename('picture')<CR>")
  typist.see("rename", changed(before))
end

local function complete()
  typist.type("Go<Esc>0Di  temp<C-x><C-o>")
  typist.find("a completed word", function()
    return typist.text():find("temperature")
  end)
  typist.see("complete", typist.lines()[#typist.lines()])
  typist.type("<Esc>dd")
end

local function format()
  local before = typist.text()
  local form = vim.fn.has("nvim-0.8") == 1 and "format" or "formatting"
    typist.type(":lua vim.lsp.buf." .. form .. "()<CR>")
  typist.see("format", changed(before))
end

--- The text of the last message that matches.
local function told(pattern)
  return typist.find(pattern, function()
    return vim.api.nvim_exec("messages", true):match(pattern)
  end)
end

local function commands()
  typist.type(":TheoryStatus<CR>")
  typist.see("status", told("theoryctl: [^\n]*"))
  typist.type(":TheoryRun<CR>")
  typist.see("run", told("localctl run [^\n]*"))
  typist.type(":TheoryResolved<CR>")
  typist.find("the payload", function()
    return vim.bo.filetype == "jsonc"
  end)
  typist.see("resolved", typist.text())
  typist.type(":quit<CR>")
end

typist.session(function()
  local begun = vim.loop.now()
  vim.cmd("edit inputs.yaml")
  typist.find("a server", function()
    return process_id and vim.fn.exists(":TheoryStatus") == 2
  end)
  typist.see("processId", process_id)
  typist.see("servers", vim.api.nvim_get_proc_children(vim.fn.getpid()))
  hover()
  definition()
  rename()
  complete()
  format()
  commands()
  typist.pause(4200 - (vim.loop.now() - begun))
  typist.type("/user<CR>cwusr<Esc>")
  typist.see("late", typist.findings()[1].code)
  typist.find("an end from outside", function() end)
end)
