import { beforeAll, expect, test } from 'vitest'
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { testDatabase } from '../database/test-database.ts'
import { WriterReplaced, WriterToken } from './writer-token.ts'

let db: Kysely<Database>
beforeAll(async () => {
  db = (await testDatabase()).db
})

const looks = (writer: WriterToken) => db.transaction().execute((trx) => writer.check(trx))

test('of the runs of one node only the last may write; another node is another matter', async () => {
  const [first, second, elsewhere] = [new WriterToken('n1'), new WriterToken('n1'), new WriterToken('n2')]
  await expect(looks(first)).rejects.toBeInstanceOf(WriterReplaced)
  await first.take(db)
  await elsewhere.take(db)
  await looks(first)
  await second.take(db)
  await expect(looks(first)).rejects.toBeInstanceOf(WriterReplaced)
  await looks(second)
  await looks(elsewhere)
  await first.take(db)
  await expect(looks(second)).rejects.toBeInstanceOf(WriterReplaced)
})

test('who takes over waits for what is being written', async () => {
  const [first, second] = [new WriterToken('n3'), new WriterToken('n3')]
  await first.take(db)
  const order: string[] = []
  let taking: Promise<void> | undefined
  await db.transaction().execute(async (trx) => {
    await first.check(trx)
    taking = second.take(db).then(() => void order.push('taken'))
    await trx.selectFrom('call_writers').select('node').execute()
    order.push('written')
  })
  await taking
  expect(order).toEqual(['written', 'taken'])
})
