import { shellWord } from '../../../shared/text/shell-word.ts'
import { readHeaders, type Sent } from './sent.ts'

/** A client that sends exactly the credentials that were tried. */
export interface Snippet {
  readonly client: string
  /** What it is written in, for the eye. */
  readonly text: string
}

export interface SnippetFacts {
  readonly sent: Sent
  readonly host: string
  /** 443 at AWS. */
  readonly port: number
  /** What is published, in HTTPS the only thing that can be done. */
  readonly topic: string
  /** A file with the CA, where the host's certificate is not of a public one. */
  readonly caFile?: string
}

/** The clients that can come like this, with the values as they were typed. */
export function snippetsOf(facts: SnippetFacts): readonly Snippet[] {
  switch (facts.sent.transport) {
    case 'mqtt':
      return [mqttJs(facts), pahoPython(facts), mosquitto(facts)]
    case 'wss':
      return [mqttJsOverWebSocket(facts), pahoOverWebSocket(facts)]
    case 'https':
      return [curl(facts)]
  }
}

const js = (text: string) => JSON.stringify(text)
/** JSON's escapes are Python's, too. */
const py = (text: string) => JSON.stringify(text)

const credentials = ({ userName, password, clientId }: Sent) =>
  [
    `  clientId: ${js(clientId)},`,
    ...(userName === '' ? [] : [`  username: ${js(userName)},`]),
    ...(password === '' ? [] : [`  password: ${js(password)},`]),
  ].join('\n')

function mqttJs({ sent, host, port, topic, caFile }: SnippetFacts): Snippet {
  return {
    client: 'mqtt.js',
    text: `import mqtt from 'mqtt'
${caFile === undefined ? '' : "import { readFileSync } from 'node:fs'\n"}
const client = await mqtt.connectAsync(${js(`mqtts://${host}:${port}`)}, {
${credentials(sent)}
  ALPNProtocols: ['mqtt'],
  servername: ${js(host)},${caFile === undefined ? '' : `\n  ca: readFileSync(${js(caFile)}),`}
})
await client.publishAsync(${js(topic)}, 'hello', { qos: 1 })
await client.endAsync()`,
  }
}

function mqttJsOverWebSocket({ sent, host, port, topic, caFile }: SnippetFacts): Snippet {
  const { headers } = readHeaders(sent.headers)
  const query = sent.query.replace(/^\?/, '')
  const url = `wss://${host}:${port}/mqtt${query === '' ? '' : `?${query}`}`
  const options = [
    ...(headers.length > 0
      ? [`headers: ${JSON.stringify(Object.fromEntries(headers.map(({ key, value }) => [key, value])))}`]
      : []),
    ...(caFile === undefined ? [] : [`ca: readFileSync(${js(caFile)})`]),
  ]
  return {
    client: 'mqtt.js',
    text: `import mqtt from 'mqtt'
${caFile === undefined ? '' : "import { readFileSync } from 'node:fs'\n"}
const client = await mqtt.connectAsync(${js(url)}, {
${credentials(sent)}${options.length === 0 ? '' : `\n  wsOptions: { ${options.join(', ')} },`}
})
await client.publishAsync(${js(topic)}, 'hello', { qos: 1 })
await client.endAsync()`,
  }
}

const pahoCredentials = ({ userName, password }: Sent) =>
  userName === '' ? '' : `client.username_pw_set(${py(userName)}${password === '' ? '' : `, ${py(password)}`})\n`

function pahoPython({ sent, host, port, topic, caFile }: SnippetFacts): Snippet {
  return {
    client: 'Paho (Python)',
    text: `import ssl
import paho.mqtt.client as mqtt

client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=${py(sent.clientId)})
${pahoCredentials(sent)}tls = ssl.create_default_context(${caFile === undefined ? '' : `cafile=${py(caFile)}`})
tls.set_alpn_protocols(["mqtt"])
client.tls_set_context(tls)
client.connect(${py(host)}, ${port})
client.loop_start()
client.publish(${py(topic)}, "hello", qos=1).wait_for_publish()
client.disconnect()`,
  }
}

function pahoOverWebSocket({ sent, host, port, topic, caFile }: SnippetFacts): Snippet {
  const { headers } = readHeaders(sent.headers)
  const query = sent.query.replace(/^\?/, '')
  const path = `/mqtt${query === '' ? '' : `?${query}`}`
  const list = headers.map(({ key, value }) => `${py(key)}: ${py(value)}`).join(', ')
  return {
    client: 'Paho (Python)',
    text: `import ssl
import paho.mqtt.client as mqtt

client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=${py(sent.clientId)}, transport="websockets")
${pahoCredentials(sent)}client.ws_set_options(path=${py(path)}${list === '' ? '' : `, headers={${list}}`})
client.tls_set_context(ssl.create_default_context(${caFile === undefined ? '' : `cafile=${py(caFile)}`}))
client.connect(${py(host)}, ${port})
client.loop_start()
client.publish(${py(topic)}, "hello", qos=1).wait_for_publish()
client.disconnect()`,
  }
}

function mosquitto({ sent, host, port, topic, caFile }: SnippetFacts): Snippet {
  const { userName, password, clientId } = sent
  return {
    client: 'mosquitto_pub',
    text: [
      `mosquitto_pub -h ${shellWord(host)} -p ${port} --tls-alpn mqtt ${caFile === undefined ? '--tls-use-os-certs' : `--cafile ${shellWord(caFile)}`} \\`,
      `  -i ${shellWord(clientId)}${userName === '' ? '' : ` -u ${shellWord(userName)}`}${password === '' ? '' : ` -P ${shellWord(password)}`} \\`,
      `  -t ${shellWord(topic)} -q 1 -m hello`,
    ].join('\n'),
  }
}

function curl({ sent, host, port, topic, caFile }: SnippetFacts): Snippet {
  const { headers } = readHeaders(sent.headers)
  const query = sent.query.replace(/^\?/, '')
  const path = topic.split('/').map(encodeURIComponent).join('/')
  const url = `https://${host}:${port}/topics/${path}?qos=1${query === '' ? '' : `&${query}`}`
  return {
    client: 'curl',
    text: [
      `curl${caFile === undefined ? '' : ` --cacert ${shellWord(caFile)}`} -X POST ${shellWord(url)} \\`,
      ...headers.map(({ key, value }) => `  -H ${shellWord(`${key}: ${value}`)} \\`),
      '  --data hello',
    ].join('\n'),
  }
}
