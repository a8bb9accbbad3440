/** What the console asks of the team's chat, and what the live stream changes of the answers. */
import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { ChatMessage, ChatPerson, ChatRoom, OpenRoom, SendMessage } from '#contract/chat.ts'
import type { Me } from '#contract/staff.ts'
import { keys } from './api.ts'
import { withMessage, withRead, withRoomMessage } from './chat-cache.ts'
import { inMyOrder } from './i18n.ts'
import { query, request } from './request.ts'

const PAGE_MESSAGES = 50

const chatKeys = {
  people: ['chat', 'people'],
  rooms: ['chat', 'rooms'],
  messages: (room: string) => ['chat', 'messages', room],
} as const

export const useChatPeople = () =>
  useQuery({
    queryKey: chatKeys.people,
    queryFn: () => request<ChatPerson[]>('GET', '/chat/people'),
    select: (rows) => inMyOrder(rows, ({ name }) => name),
  })

/** The live stream keeps them. */
export const useChatRooms = () =>
  useQuery({
    queryKey: chatKeys.rooms,
    queryFn: () => request<ChatRoom[]>('GET', '/chat/rooms'),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Pages go backwards; each is oldest first. */
export const useChatMessages = (room: string) =>
  useInfiniteQuery({
    queryKey: chatKeys.messages(room),
    queryFn: ({ pageParam }) =>
      request<ChatMessage[]>('GET', `/chat/rooms/${room}/messages${query({ before: pageParam })}`),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.length < PAGE_MESSAGES ? undefined : page[0]?.id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export function useSendMessage(room: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (message: SendMessage) =>
      request<ChatMessage>('POST', `/chat/rooms/${room}/messages`, message),
    // The live stream tells it too, to every window.
    onSuccess: (message) => chatMessageCame(client, message),
  })
}

export function useOpenRoom() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wanted: OpenRoom) => request<{ id: string }>('POST', '/chat/rooms', wanted),
    onSuccess: () => client.invalidateQueries({ queryKey: chatKeys.rooms }),
  })
}

export function useReadUpTo() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ room, message }: { room: string; message: number }) =>
      request<void>('POST', `/chat/rooms/${room}/read`, { message }),
    onMutate: ({ room, message }) => chatReadCame(client, room, message),
  })
}

export function chatMessageCame(client: QueryClient, message: ChatMessage): void {
  const me = client.getQueryData<Me | null>(keys.me)
  client.setQueryData<InfiniteData<ChatMessage[], number | undefined>>(
    chatKeys.messages(message.room),
    (data) => data && { ...data, pages: withMessage(data.pages, message) },
  )
  askAgainWhatIsOnItsWay(client, chatKeys.messages(message.room))
  const rooms = client.getQueryData<ChatRoom[]>(chatKeys.rooms)
  const changed = rooms && me && withRoomMessage(rooms, message, me.id)
  if (!changed) return chatRoomsChanged(client)
  client.setQueryData(chatKeys.rooms, changed)
  askAgainWhatIsOnItsWay(client, chatKeys.rooms)
}

/** An answer that was asked for before this came may not have it yet. */
function askAgainWhatIsOnItsWay(client: QueryClient, queryKey: readonly string[]): void {
  if (client.isFetching({ queryKey }) > 0) void client.invalidateQueries({ queryKey })
}

export function chatReadCame(client: QueryClient, room: string, upTo: number): void {
  client.setQueryData<ChatRoom[]>(chatKeys.rooms, (rooms) => rooms && withRead(rooms, room, upTo))
}

export function chatRoomsChanged(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: chatKeys.rooms })
}
