import { Notifications } from '@mantine/notifications'
import '@mantine/notifications/styles.layer.css'
import { useQueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import type { Me } from '#contract/staff.ts'
import { followLive } from './live.ts'
import { MeContext } from './me.ts'
import { router } from './router.tsx'

/** The console behind the sign-in. */
export function SignedIn({ me }: { me: Me }) {
  const client = useQueryClient()
  useEffect(() => followLive(client), [client])
  return (
    <MeContext value={me}>
      <Notifications position="top-center" limit={3} autoClose={7000} />
      <RouterProvider router={router} />
    </MeContext>
  )
}
