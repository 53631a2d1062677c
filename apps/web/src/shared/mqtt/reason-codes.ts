/** The reason codes of MQTT 5.0 §2.4 that AWS IoT Core answers with, as an operator should read them. */
const WORDS = new Map<number, string>([
  [0x80, 'the broker gave no reason'],
  [0x81, 'malformed packet'],
  [0x82, 'protocol error'],
  [0x83, 'the broker refuses it'],
  [0x85, 'client id not valid'],
  [0x86, 'wrong user name or password'],
  [0x87, 'not authorized by the IoT policy of your role'],
  [0x88, 'the broker is not available'],
  [0x89, 'the broker is busy'],
  [0x8b, 'the broker is shutting down'],
  [0x8d, 'keep-alive timeout'],
  [0x8e, 'another connection took this client id over'],
  [0x8f, 'topic filter not valid'],
  [0x90, 'topic name not valid'],
  [0x93, 'too many unacknowledged messages'],
  [0x95, 'packet too large'],
  [0x96, 'message rate too high'],
  [0x97, 'a quota is exceeded'],
  [0x98, 'ended through the API, as when its person signs out'],
  [0x9b, 'QoS 2 is not supported'],
  [0x9f, 'connection rate exceeded'],
  [0xa0, 'the connection reached its maximum age'],
])

/** `not authorized … (0x87)`: the words with the code beside them, to be looked up. */
export function reasonInWords(code: number): string {
  const hex = `0x${code.toString(16).padStart(2, '0')}`
  return `${WORDS.get(code) ?? 'refused by the broker'} (${hex})`
}
