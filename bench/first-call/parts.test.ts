import { expect, test } from 'vitest'
import { scriptsIn, staticImports } from './console-size.ts'
import { oggSeconds } from './ogg-seconds.ts'

test('the scripts of a page are those it runs and those it preloads', () => {
  const html =
    '<script type="module" crossorigin src="/assets/main-1.js"></script>' +
    '<link rel="modulepreload" crossorigin href="/assets/vendor-2.js"><link rel="stylesheet" href="/assets/a.css">'
  expect(scriptsIn(html)).toEqual(['/assets/main-1.js', '/assets/vendor-2.js'])
})

test('an import that waits to be asked does not belong to the first screen', () => {
  const script =
    'import{a as b}from"./vendor-2.js";import"./side.js";const page=()=>import("./calls-3.js");export{x}from\'./y.js\''
  expect(staticImports(script)).toEqual(['./vendor-2.js', './side.js', './y.js'])
})

test('a recording plays from the end of what is skipped to the position of its last page', () => {
  const head = Buffer.alloc(27 + 1 + 19)
  head.write('OggS', 0, 'latin1')
  head.write('OpusHead', 28, 'latin1')
  head.writeUInt16LE(312, 28 + 10)
  const last = Buffer.alloc(27)
  last.write('OggS', 0, 'latin1')
  last.writeBigInt64LE(48_000n * 5n + 312n, 6)
  expect(oggSeconds(Buffer.concat([head, last]))).toBe(5)
  expect(oggSeconds(Buffer.from('not a recording'))).toBe(0)
})
