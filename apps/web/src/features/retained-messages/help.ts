import type { PageHelp } from '../../shared/help/help.ts'

export const retainedMessagesHelp: PageHelp = {
  title: 'Retained messages',
  about:
    'What the broker keeps of a topic and sends to whoever subscribes: one message a topic, the latest that was published with the retain flag.',
  tasks: [
    { what: 'Look at one', how: 'Select it: payload, properties and size, read as on the live page.' },
    {
      what: 'Clear some',
      how: 'Filter, then choose **Clear all found**, or select and clear. The dialog says how many; each outcome is listed.',
    },
  ],
  terms: { 'Retain flag': 'Makes the broker keep a message. An empty one with the flag clears what was kept.' },
  trouble: {
    'Nothing is retained': 'Nobody publishes with the retain flag, or all expired.',
    'A device gets an old value when it subscribes': 'That is its retained message: clear it, or have it replaced.',
  },
  commands: () => [
    { does: 'List them', text: 'aws iot-data list-retained-messages' },
    { does: 'Look at one', text: 'aws iot-data get-retained-message --topic TOPIC' },
    { does: 'Clear one', text: 'aws iot-data publish --topic TOPIC --retain --qos 1' },
  ],
  links: [{ text: 'How payloads are read', file: 'reference/payloads' }],
}
