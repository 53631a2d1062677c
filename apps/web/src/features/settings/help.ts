import type { PageHelp } from '../../shared/help/help.ts'

export const settingsHelp: PageHelp = {
  title: 'Settings',
  about: 'How the console looks in this browser, and where you are signed in.',
  tasks: [
    { what: 'See more at once', how: 'Choose the compact density.' },
    { what: 'Tell environments apart', how: 'Choose a colour band for this one: it stands at the top of every page.' },
  ],
  trouble: {
    'A choice is gone': 'Choices are kept in this browser. A private window forgets them.',
  },
  links: [{ text: 'What the console protects', file: 'security' }],
}
