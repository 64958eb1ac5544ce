--- Opens files, the last of which is served, and tells how many servers each of them has; then makes the first one ours.
local typist = require("typist")

local function clients_of(name)
  local bufnr = vim.fn.bufnr(name)
  if vim.lsp.get_clients then
    return #vim.lsp.get_clients({ bufnr = bufnr })
  end
  return vim.tbl_count(vim.lsp.buf_get_clients(bufnr))
end

typist.session(function()
  local names = vim.json.decode(vim.env.FILES)
  for _, name in ipairs(names) do
    vim.cmd("edit " .. name)
  end
  typist.find("a server", function()
    return clients_of(names[#names]) > 0
  end)
  local counts = {}
  for _, name in ipairs(names) do
    counts[name] = clients_of(name)
  end
  typist.see("clients", counts)
  vim.cmd("buffer " .. names[1])
  vim.api.nvim_buf_set_lines(0, 0, 0, false, { "$processor: llm/litellm@1" })
  vim.cmd("silent write | edit")
  typist.find("a server for what became ours", function()
    return clients_of(names[1]) == 1
  end)
  typist.see("attached")
end)
