export function CallsPage(_: { id?: string }) { return null }
