/** What appeals need from outside. */
import type { AppealKind } from '#core/appeals/appeal-kind.ts'

/** An approved appeal, as the system of a chancellery gets it. */
export type AppealPackage = {
  readonly number: string
  readonly kind: AppealKind
  readonly topic: string | null
  readonly receivedAt: string
  readonly registeredOn: string
  readonly dueOn: string | null
  readonly citizen: { readonly name: string; readonly numbers: readonly string[] }
  /** As it was edited and approved. */
  readonly text: string
  /** As the citizen said it. */
  readonly citizensWords: string
  /** When the move that sends it was made, however often it is tried. */
  readonly sentAt: string
  /** The official document, and what the citizen attached. */
  readonly files: readonly PackageFile[]
}

export type PackageFile = {
  readonly name: string
  readonly mime: string
  readonly bytes: number
  readonly sha256: string
  /** Of ours, and not the citizen's. */
  readonly isDocument: boolean
  read(): Promise<Buffer>
}

/** What the other side said: the number it gave, where it gives one at once, and the words by which it took it. */
export type Taken = { incomingNumber: string | null; receipt?: string }

/** The system of a chancellery, where it has one of its own. Without one it works in the console. */
export type Chancellery = {
  /**
   * Hands an appeal over. The key is the same each time the same dispatch is tried: whoever takes it takes it once,
   * and answers a key he knows as he did the first time. Throws when it is not certain that it was taken.
   */
  take(key: string, appeal: AppealPackage): Promise<Taken>
  /** Sends something harmless, and tells what was answered. Throws when nothing was. */
  test(key: string): Promise<{ answer: string }>
}
