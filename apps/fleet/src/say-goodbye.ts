import type { MqttClient } from 'mqtt'

/**
 * Ends a connection, without its will. What is in flight is waited for as long as there is a connection: without one nobody
 * acknowledges it any more, and the client would wait for ever.
 */
export async function sayGoodbye(client: MqttClient): Promise<void> {
  if (!client.connected) return client.endAsync(true)
  const lost = new Promise<void>((resolve) => client.once('close', () => resolve()))
  await Promise.race([client.endAsync(), lost])
}
