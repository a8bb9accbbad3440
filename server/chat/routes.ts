import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import {
  ChatMessage,
  ChatPerson,
  ChatRoom,
  MessagesQuery,
  OpenRoom,
  ReadUpTo,
  SendMessage,
} from '#contract/chat.ts'
import type { ChatRoomId } from '#core/lib/ids.ts'
import { allow } from '../http-permissions.ts'
import type { ChatService } from './service.ts'

const RoomParams = z.object({ room: z.uuid().transform((id) => id as string as ChatRoomId) })

export const chatRoutes =
  (chat: ChatService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('chat')

    const peopleSchema = { summary: 'Everybody who chats', response: { 200: z.array(ChatPerson) } }
    app.get('/chat/people', { config, schema: peopleSchema }, () => chat.people())

    const roomsSchema = {
      summary: 'My rooms, the latest spoken in first, with what is unread',
      response: { 200: z.array(ChatRoom) },
    }
    app.get('/chat/rooms', { config, schema: roomsSchema }, ({ staff }) => chat.rooms(staff))

    const openSchema = {
      summary: 'Open a room, or the one between two people',
      body: OpenRoom,
      response: { 201: z.object({ id: z.uuid() }) },
    }
    app.post('/chat/rooms', { config, schema: openSchema }, async ({ staff, body }, response) =>
      response.code(201).send(await chat.open(staff, body)),
    )

    await app.register(messageRoutes(chat))
  }

const messageRoutes =
  (chat: ChatService): FastifyPluginAsyncZod =>
  async (app) => {
    const config = allow('chat')

    const listSchema = {
      summary: 'Messages of a room, oldest first; the last, or those before one',
      params: RoomParams,
      querystring: MessagesQuery,
      response: { 200: z.array(ChatMessage) },
    }
    app.get('/chat/rooms/:room/messages', { config, schema: listSchema }, ({ staff, params, query }) =>
      chat.messages(staff, params.room, query.before),
    )

    const sendSchema = {
      summary: 'Send a message; the same requestKey sends once',
      params: RoomParams,
      body: SendMessage,
      response: { 201: ChatMessage },
    }
    app.post(
      '/chat/rooms/:room/messages',
      { config, schema: sendSchema },
      async ({ staff, params, body }, response) =>
        response.code(201).send(await chat.send(staff, params.room, body)),
    )

    const readSchema = {
      summary: 'I have read up to this message',
      params: RoomParams,
      body: ReadUpTo,
      response: { 204: z.null() },
    }
    app.post(
      '/chat/rooms/:room/read',
      { config, schema: readSchema },
      async ({ staff, params, body }, response) => {
        await chat.read(staff, params.room, body.message)
        return response.code(204).send(null)
      },
    )
  }
