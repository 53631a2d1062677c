import { paths } from '../../shared/paths.ts'

/** The pages that one goes to from anywhere: side navigation, palette and keys agree on them. */
export const PAGES = [
  { title: 'Things', href: paths.things(), keys: 'g t', does: 'Go to things' },
  { title: 'Live messages', href: paths.live(), keys: 'g l', does: 'Go to live messages' },
  { title: 'Bulk changes', href: paths.bulkChanges(), keys: 'g b', does: 'Go to bulk changes' },
  { title: 'Activity', href: paths.activity(), keys: 'g a', does: 'Go to the activity: who changed what' },
  { title: 'Settings', href: paths.settings(), keys: 'g s', does: 'Go to settings' },
] as const
