--- Which documents are served, for which project, and by which command.
local M = {}

M.filetypes = { "json", "jsonc", "yaml" }

local uv = vim.uv or vim.loop
local here = debug.getinfo(1, "S").source:sub(2)

--- What `vim.g.theoryctl` holds; all of it is optional:
---   deno     the program; default is "deno" in PATH
---   toolkit  folder of main.ts, or of main.js of a release; default is the one that this file lies in
---   folders  more folders that documents are in, or attach files of
---   run      true lets the server start `deno`, and so run documents in mock mode
function M.settings()
  return vim.g.theoryctl or {}
end

local function absolute(folder)
  local path = vim.fn.fnamemodify(folder, ":p")
  return #path > 1 and path:gsub("/$", "") or path
end

--- The words that start the server in the folder of a project: it may read that folder, the toolkit, and nothing else.
--- The folder is called `.`, for Deno takes no comma in the names of folders.
function M.command()
  local set = M.settings()
  local toolkit = absolute(set.toolkit or vim.fn.fnamemodify(uv.fs_realpath(here), ":h:h:h:h:h"))
  local folders = vim.tbl_map(absolute, set.folders or {})
  local readable = table.concat(vim.list_extend({ toolkit, "." }, folders), ",")
  local words = { set.deno or "deno", "run", "--no-prompt", "--allow-read=" .. readable }
  if set.run then
    table.insert(words, "--allow-run=deno")
  end
  local main = toolkit .. (uv.fs_stat(toolkit .. "/main.ts") and "/main.ts" or "/main.js")
  return vim.list_extend(vim.list_extend(words, { main, "lsp" }), folders)
end

--- The nearest folder, from one upwards, that holds one of some names.
local function nearest(dir, names)
  for _, name in ipairs(names) do
    if uv.fs_stat(dir .. "/" .. name) then
      return dir
    end
  end
  local above = vim.fn.fnamemodify(dir, ":h")
  return above ~= dir and nearest(above, names) or nil
end

local SETTINGS = { "theory.yaml", "theory.json" }

local function folder_of(bufnr)
  return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ":p:h")
end

--- The folder of the nearest theory.yaml, else of the nearest repository, else of the file itself.
function M.root(bufnr)
  local dir = folder_of(bufnr)
  return nearest(dir, SETTINGS) or nearest(dir, { ".git" }) or dir
end

--- Whether a buffer may hold a document of theoryctl, so that no server starts for every JSON and YAML file. The server
--- looks closer, and leaves other documents alone.
function M.is_ours(bufnr)
  local path = vim.api.nvim_buf_get_name(bufnr)
  if path == "" or vim.bo[bufnr].buftype ~= "" then
    return false
  end
  local name = vim.fn.fnamemodify(path, ":t")
  if name == "registry.yaml" or vim.tbl_contains(vim.split(name:lower(), "[._-]"), "inputs") then
    return true
  end
  local head = table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, 100, false), "\n")
  return head:find("$processor", 1, true) ~= nil
    or head:find("processor:%s*%S+@%d") ~= nil
    or (head:find("%f[%w]schema%f[%W]") ~= nil and head:find("%f[%w]params%f[%W]") ~= nil)
    or nearest(folder_of(bufnr), SETTINGS) ~= nil
end

return M
