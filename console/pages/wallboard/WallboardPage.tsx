export function WallboardPage(_: { id?: string }) { return null }
