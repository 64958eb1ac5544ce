--- Opens each file that is named, tells its findings, takes a fix, and tells the text.
local typist = require("typist")

local function choose_title(title)
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      if options.format_item(item) == title then
        return choose(item)
      end
    end
    error("not offered: " .. title)
  end
end

local function mend(file)
  vim.cmd("edit " .. file.name)
  local findings = typist.findings()
  typist.see("findings", vim.tbl_map(function(each)
    return { code = each.code, line = each.lnum, from = each.col, to = each.end_col }
  end, findings))
  choose_title(file.fix)
  vim.api.nvim_win_set_cursor(0, { findings[1].lnum + 1, findings[1].col })
  typist.type(":lua vim.lsp.buf.code_action()<CR>")
  typist.find("no findings", function()
    return #vim.diagnostic.get(0) == 0
  end)
  typist.see("text", typist.text())
  vim.cmd("silent write")
  typist.see("saved")
end

typist.session(function()
  for _, file in ipairs(vim.json.decode(vim.env.BROKEN_FILES)) do
    mend(file)
  end
end)
