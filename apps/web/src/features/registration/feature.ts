import type { Feature } from '../../shared/feature/feature.ts'
import { definePage } from '../../shared/feature/page.ts'
import { ADDRESSES } from '../../shared/page-addresses.ts'
import { paths } from '../../shared/paths.ts'
import { validateRegisterSearch, validateTaskSearch, validateTasksSearch } from './search.ts'

export const registration: Feature = {
  name: 'registration',
  pages: [
    definePage({
      path: ADDRESSES.registerThings,
      validateSearch: validateRegisterSearch,
      load: async () => (await import('./register-page.tsx')).RegisterPage,
      help: async () => (await import('./help.ts')).registerThingsHelp,
    }),
    definePage({
      path: ADDRESSES.registrationTasks,
      validateSearch: validateTasksSearch,
      load: async () => (await import('./tasks/task-list-page.tsx')).TaskListPage,
      help: async () => (await import('./help.ts')).registrationTasksHelp,
    }),
    definePage({
      path: ADDRESSES.registrationTask,
      validateSearch: validateTaskSearch,
      load: async () => (await import('./tasks/task-page.tsx')).TaskPage,
      help: async () => (await import('./help.ts')).registrationTaskHelp,
    }),
  ],
  navigation: [
    {
      section: 'Fleet',
      place: 55,
      title: 'Register things',
      href: paths.registerThings(),
      keys: 'g q',
      does: 'Go to the registration of things',
    },
  ],
  commands: [
    {
      id: 'registration tasks',
      group: 'Pages',
      title: 'Registration tasks of AWS',
      href: paths.registrationTasks(),
    },
  ],
}
