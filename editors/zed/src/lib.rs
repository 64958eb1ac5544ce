//! Starts the language server of theoryctl in Zed, for JSON and YAML.

use zed_extension_api::{
    self as zed, serde_json::Value, settings::LspSettings, Command, LanguageServerId, Result, Worktree,
};

struct Theoryctl;

impl zed::Extension for Theoryctl {
    fn new() -> Self {
        Theoryctl
    }

    /// The server may read its own program and the folder that is open. It may start Deno when `allowRuns` is set, and
    /// nothing else.
    fn language_server_command(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?;
        let set = settings.settings.unwrap_or_default();
        let toolkit = text(&set, "toolkit").ok_or(
            "Set lsp.theoryctl.settings.toolkit to the folder of theoryctl: a checkout, or a release",
        )?;
        let deno = text(&set, "deno")
            .or_else(|| worktree.which("deno"))
            .ok_or("Cannot find deno in PATH: install it, or set lsp.theoryctl.settings.deno")?;
        let main = text(&set, "main").unwrap_or("main.ts".into());
        let mut args = vec![
            "run".into(),
            "--no-prompt".into(),
            format!("--allow-read={toolkit},{}", worktree.root_path()),
        ];
        if set["allowRuns"] == Value::Bool(true) {
            args.push(format!("--allow-run={deno}"));
        }
        args.extend([format!("{toolkit}/{main}"), "lsp".into()]);
        Ok(Command { command: deno, args, env: vec![] })
    }

    /// What the server itself asks for: `registry` and `syntax`.
    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree)?;
        Ok(settings.settings.map(|set| zed::serde_json::json!({ "theoryctl": set })))
    }
}

fn text(set: &Value, name: &str) -> Option<String> {
    set[name].as_str().filter(|it| !it.is_empty()).map(String::from)
}

zed::register_extension!(Theoryctl);
