/** For tests: the E-IMZO module of a computer, as far as the console speaks with it, and in each mood it can be in. */
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

type Asked = { plugin?: string; name: string; arguments?: string[] }

const first = () => ({
  asked: [] as Asked[],
  certificates: [] as object[],
  readers: [] as string[],
  knowsCards: true,
  /** What it answers when it is to sign. */
  fault: undefined as object | undefined,
  /** It answers, and nobody understands it. */
  isMumbling: false,
  signed: [] as Buffer[],
  /** No signature, but another for each text. */
  sign: async (document: Buffer): Promise<string> =>
    Buffer.from(`signed ${document.toString()}`).toString('base64'),
})

export async function testModule() {
  const state = first()
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise<void>((resolve) => server.once('listening', resolve))
  server.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const asked = JSON.parse(data.toString('utf8')) as Asked
      state.asked.push(asked)
      if (state.isMumbling) return socket.send('<html>')
      answerTo(asked).then(
        (answer) => socket.send(JSON.stringify(answer)),
        (error: unknown) => socket.send(JSON.stringify({ success: false, reason: String(error) })),
      )
    })
  })

  async function answerTo({ name, plugin, arguments: told = [] }: Asked): Promise<object> {
    switch (`${plugin ?? ''} ${name}`) {
      case ' apikey':
        return { success: true }
      case 'pfx list_all_certificates':
        return { success: true, certificates: state.certificates }
      case 'idcard list_readers':
        return state.knowsCards
          ? { success: true, readers: state.readers }
          : { success: false, reason: 'Функция не найдена' }
      case 'pfx load_key':
        return { success: true, keyId: `key of ${told[2]}` }
      case 'pkcs7 create_pkcs7':
        return await create(told)
      default:
        return { success: false, reason: 'Функция не найдена' }
    }
  }

  async function create([document = '']: string[]): Promise<object> {
    if (state.fault) return { success: false, ...state.fault }
    const bytes = Buffer.from(document, 'base64')
    state.signed.push(bytes)
    return { success: true, pkcs7_64: await state.sign(bytes) }
  }

  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/service/cryptapi`,
    state,
    reset: () => void Object.assign(state, first()),
    async close(): Promise<void> {
      for (const socket of server.clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
