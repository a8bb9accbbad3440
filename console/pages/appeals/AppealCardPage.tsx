export function AppealCardPage(_: { id?: string }) { return null }
