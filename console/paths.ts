/** Every address in the console. Links are built here and nowhere else. */
export const paths = {
  home: () => '/',
  desk: () => '/desk',
  classify: (call: string) => `/desk/classify/${call}`,
  myDay: () => '/my-day',
  calls: () => '/calls',
  call: (id: string) => `/calls/${id}`,
  callbacks: () => '/callbacks',
  appeals: () => '/appeals',
  appeal: (id: string) => `/appeals/${id}`,
  wallboard: () => '/wallboard',
  agents: () => '/agents',
  agent: (id: string) => `/agents/${id}`,
  flows: () => '/flows',
  queues: () => '/queues',
  queue: (id: string) => `/queues/${id}`,
  agentSkills: () => '/agent-skills',
} as const
