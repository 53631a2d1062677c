import type { PageHelp } from '../../shared/help/help.ts'

export const connectDeviceHelp: PageHelp = {
  title: 'Connect a device',
  about: 'From a name to a device that is connected, with a key of its own that is made in this browser.',
  tasks: [
    {
      what: 'Connect one',
      how: [
        'Give it a name: thing and client id.',
        'Choose what it may do: a policy that is bound to its thing is there already.',
        'Choose **Set up device** and download key, certificate and a sample that runs.',
        'Run the sample. The page turns green with its first message, or says why it is refused.',
      ],
    },
  ],
  terms: {
    'Client id':
      'The name under which a device connects. Policies that name the thing by variables want it to be the thing’s name.',
    Endpoint: 'The host that devices of this account connect to.',
  },
  trouble: {
    'It does not turn green':
      'The page shows the refusal with its cure as soon as AWS IoT has logged it. A failed TLS handshake is not logged: look at what the sample prints.',
    'The key was lost': 'Choose **Make new key**: the private key is nowhere but where you saved it.',
  },
  commands: () => [{ does: 'Where devices connect', text: 'aws iot describe-endpoint --endpoint-type iot:Data-ATS' }],
  links: [
    { text: 'Connect a device', file: 'guides/connect-a-device', heading: 'the-steps' },
    { text: 'When it does not turn green', file: 'guides/connect-a-device', heading: 'when-it-does-not-turn-green' },
  ],
}
