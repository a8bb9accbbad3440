export function FlowsPage(_: { id?: string }) { return null }
