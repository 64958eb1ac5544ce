--- The language server of theoryctl in Neovim 0.7 to 0.10. Newer ones take lsp/theoryctl.lua.
local add_commands = require("theoryctl.commands")
local project = require("theoryctl.project")
local M = {}

--- What newer versions do for every server, and the commands.
local function on_attach(client, bufnr)
  vim.bo[bufnr].omnifunc = "v:lua.vim.lsp.omnifunc"
  vim.bo[bufnr].tagfunc = "v:lua.vim.lsp.tagfunc"
  add_commands(client, bufnr)
end

--- Tells the settings: Neovim 0.7 cannot be asked for them.
local function on_init(client)
  if client.config.settings then
    client.notify("workspace/didChangeConfiguration", { settings = client.config.settings })
  end
end

local function started(root, config)
  for _, client in pairs(vim.lsp.get_active_clients()) do
    if client.name == "theoryctl" and client.config.root_dir == root then
      return client.id
    end
  end
  return vim.lsp.start_client(vim.tbl_extend("force", {
    name = "theoryctl",
    cmd = project.command(),
    cmd_cwd = root,
    root_dir = root,
    on_init = on_init,
    on_attach = on_attach,
  }, config))
end

--- Serves files that are opened from now on. `config` is more for `vim.lsp.start_client`.
function M.setup(config)
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("theoryctl", { clear = true }),
    pattern = project.filetypes,
    callback = function()
      local bufnr = vim.api.nvim_get_current_buf()
      if not project.is_ours(bufnr) then
        return
      end
      local id = started(project.root(bufnr), config or {})
      if id then
        vim.lsp.buf_attach_client(bufnr, id)
      end
    end,
  })
end

return M
