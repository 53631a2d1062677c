import { type PageHelp, shell } from '../../shared/help/help.ts'

export const shadowHelp: PageHelp<{ readonly thingName: string }> = {
  title: 'A shadow',
  about:
    'What a device should do (desired) and what it says (reported), with the age of each value. Where they differ, one waits for the other.',
  tasks: [
    {
      what: 'Change what the device should do',
      how: [
        'Edit the desired value, in the form or as JSON.',
        'Look at the preview: the request, the document and the delta that come of it.',
        'Choose **Update desired**. The page then waits for the device’s answer.',
      ],
    },
    {
      what: 'Resolve a conflict',
      how: 'When somebody changed the same key meanwhile, choose whose value counts; what does not collide is merged.',
    },
    { what: 'Go back', how: 'Choose **Undo**, or a version of the history, and restore it as a draft.' },
  ],
  terms: {
    Delta: 'The desired values that the device has not reported yet.',
    Version:
      'Goes up by one with each change. An update that names an old one is refused, so nobody overwrites anybody.',
    'Named shadow': 'A thing has one classic shadow and any number of named ones.',
  },
  trouble: {
    'No shadow yet': 'The device has reported nothing. Create one, or wait for its first report.',
    'The device does not obey': 'Look whether it is connected, and whether it subscribes to `…/shadow/update/delta`.',
    'You may not update': 'That takes the role operator.',
  },
  commands: ({ thingName }) => [
    { does: 'Read it', text: shell`aws iot-data get-thing-shadow --thing-name ${thingName} /dev/stdout` },
    {
      does: 'Change a value',
      text: `${shell`aws iot-data update-thing-shadow --thing-name ${thingName} --cli-binary-format raw-in-base64-out`} --payload '{"state":{"desired":{"mode":"auto"}}}' /dev/stdout`,
    },
  ],
  links: [
    { text: 'How data flows', file: 'architecture', heading: 'how-data-flows' },
    { text: 'AWS’s texts of errors of shadows', file: 'reference/error-texts-registry', heading: 'shadows' },
  ],
}
