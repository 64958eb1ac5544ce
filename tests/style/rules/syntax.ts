/** Every export has one name, the same everywhere. */
export const noDefaultExport: Deno.lint.Rule = {
  create(context) {
    return {
      ExportDefaultDeclaration(node) {
        context.report({
          node,
          message: "Cannot export a default: exports are named",
        });
      },
    };
  },
};

/** A union of literals says the same and needs no code. */
export const noEnum: Deno.lint.Rule = {
  create(context) {
    return {
      TSEnumDeclaration(node) {
        context.report({
          node,
          message: "Cannot declare an enum: write a union of literals",
        });
      },
    };
  },
};
