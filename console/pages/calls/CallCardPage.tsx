export function CallCardPage(_: { id?: string }) { return null }
