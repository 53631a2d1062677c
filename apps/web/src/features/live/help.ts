import type { PageHelp } from '../../shared/help/help.ts'

export const liveHelp: PageHelp = {
  title: 'Live messages',
  about:
    'Every message of the topics that you subscribe to, as it comes. The console is one more subscriber; it disturbs nobody.',
  tasks: [
    {
      what: 'Watch',
      how: 'Write a topic filter such as `dt/#` and choose **Subscribe**. `+` stands for one level, `#` for all that follow.',
    },
    {
      what: 'Find some messages',
      how: 'Press `/` and write a filter: a text, `/a regular expression/`, a path such as `$.temperature > 20`, or `topic:`. **How to filter** has all of it.',
    },
    {
      what: 'Stop the list from moving',
      how: 'Choose **Pause**, or scroll up: what comes meanwhile is kept and counted.',
    },
    { what: 'Keep messages', how: 'Record them to a file, which outlives a reload; open it later beside the stream.' },
    {
      what: 'Publish',
      how: 'Open the publish drawer: text, JSON or bytes, with QoS, retain and properties of MQTT 5.',
    },
  ],
  terms: {
    'Aged out': 'Left the memory because it was full: received = kept + aged out, always.',
    Gap: 'A time in which the connection was lost. What was published then at QoS 0 is not here.',
    'QoS 0, QoS 1': 'At most once; at least once, and kept for you while you reconnect.',
    Retained: 'Kept by the broker and sent to whoever subscribes.',
  },
  trouble: {
    'Nothing comes': 'Nobody publishes there, or the filter hides it: the counters say how many are shown of how many.',
    'A subscription is refused':
      'The policy of your role does not allow the topic. A viewer may watch what the role’s IoT policy allows.',
    'Publishing is off': 'It takes the role operator.',
    'The dot at the top is red': 'Choose it: it says why the connection was lost, and when the next attempt is.',
  },
  commands: () => [
    {
      does: 'Publish a message',
      text: 'aws iot-data publish --topic dt/demo --qos 1 --cli-binary-format raw-in-base64-out --payload \'{"hello":1}\'',
    },
    { does: 'Where AWS IoT is', text: 'aws iot describe-endpoint --endpoint-type iot:Data-ATS' },
  ],
  links: [
    { text: 'How payloads are read', file: 'reference/payloads' },
    { text: 'What exports have', file: 'reference/payloads', heading: 'exports' },
    { text: 'How data flows', file: 'architecture', heading: 'how-data-flows' },
  ],
}
