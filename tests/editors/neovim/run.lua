--- Runs inputs.yaml in mock mode and tells what is said about it.
local typist = require("typist")

typist.session(function()
  vim.cmd("edit inputs.yaml")
  typist.find("a server", function()
    return vim.fn.exists(":TheoryRun") == 2
  end)
  typist.type(":TheoryRun<CR>")
  typist.see(
    "run",
    typist.find("an end of the run", function()
      return vim.api.nvim_exec("messages", true):match("Mock run of [^\n]*: [^\n]*")
    end)
  )
end)
