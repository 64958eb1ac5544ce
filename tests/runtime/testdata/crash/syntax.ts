export function handle() {
  return ;;}
)
