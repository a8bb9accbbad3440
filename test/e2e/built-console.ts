/** The console is built once for all that look at it. Vitest does it before the first file and removes it after the last. */
import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { buildConsole } from '../../console/dev/mock-server.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder it lies in. */
    builtConsole: string
  }
}

let folder: string | undefined

export async function setup(project: TestProject): Promise<void> {
  folder = await buildConsole()
  project.provide('builtConsole', folder)
}

export async function teardown(): Promise<void> {
  if (folder) await rm(folder, { recursive: true, force: true })
}
