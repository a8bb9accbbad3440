export function AppealsPage(_: { id?: string }) { return null }
