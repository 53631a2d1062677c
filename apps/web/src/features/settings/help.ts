import type { PageHelp } from '../../shared/help/help.ts'

export const settingsHelp: PageHelp = {
  title: 'Settings',
  about: 'How the console looks in this browser, and where you are signed in.',
  tasks: [
    { what: 'See more at once', how: 'Choose the compact density.' },
    { what: 'Tell environments apart', how: 'Choose a colour band for this one: it stands at the top of every page.' },
    {
      what: 'End a session that is not yours',
      how: 'Look at **Where you are signed in**: choose **End session** at what you do not know, or **Sign out everywhere else**. Then change your password at the identity provider.',
    },
  ],
  trouble: {
    'A choice is gone': 'Choices are kept in this browser. A private window forgets them.',
  },
  links: [{ text: 'What becomes of a stolen cookie', file: 'security', heading: 'a-stolen-cookie' }],
}
