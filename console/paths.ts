/** Every address in the console. Links are built here and nowhere else. */
export const paths = {
  home: () => '/',
  desk: () => '/desk',
  calls: () => '/calls',
  call: (id: string) => `/calls/${id}`,
  callbacks: () => '/callbacks',
  appeals: () => '/appeals',
  appeal: (id: string) => `/appeals/${id}`,
  wallboard: () => '/wallboard',
  flows: () => '/flows',
  queues: () => '/queues',
  queue: (id: string) => `/queues/${id}`,
  agentSkills: () => '/agent-skills',
} as const
