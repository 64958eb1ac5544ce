--- The language server of theoryctl for `vim.lsp.enable("theoryctl")`, Neovim 0.11 and newer.
local project = require("theoryctl.project")

return {
  cmd = function(dispatchers, config)
    local root = config and config.root_dir or project.root(0)
    return vim.lsp.rpc.start(project.command(), dispatchers, { cwd = root })
  end,
  filetypes = project.filetypes,
  root_dir = function(bufnr, on_dir)
    if project.is_ours(bufnr) then
      on_dir(project.root(bufnr))
    end
  end,
  on_attach = require("theoryctl.commands"),
}
