--- Opens inputs.json without settings, and again by a server that leaves syntax errors to others.
local typist = require("typist")

local function codes(count)
  return typist.find(count .. " findings", function()
    local found = vim.tbl_map(function(each)
      return each.code
    end, vim.diagnostic.get(0))
    table.sort(found)
    return #found == count and found
  end)
end

local function leave_syntax()
  local more = { settings = { theoryctl = { syntax = false } } }
  if vim.fn.has("nvim-0.11") == 1 then
    vim.lsp.config("theoryctl", more)
  else
    require("theoryctl").setup(more)
  end
end

local function clients()
  return vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
end

typist.session(function()
  vim.cmd("edit inputs.json")
  typist.see("codes", codes(2))
  vim.lsp.stop_client(clients())
  typist.find("the end of the server", function()
    return #clients() == 0
  end)
  leave_syntax()
  vim.cmd("edit")
  typist.see("codes", codes(1))
end)
