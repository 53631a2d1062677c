import { shellWord } from '../text/shell-word.ts'
import { type DevicePackage, FILES } from './device-package.ts'

type Device = Pick<DevicePackage, 'place' | 'clientId' | 'topics'>

/** As a literal of JavaScript, Python and C, which agree on these. */
const literal = (text: string): string => JSON.stringify(text)

export function mosquittoSample({ place: { host, port }, clientId, topics }: Device): string {
  return `#!/bin/sh
# Publishes one message; with the argument listen, prints what comes until it is stopped.
# Needs mosquitto_pub and mosquitto_sub, of the package mosquitto-clients.
set -e
cd "$(dirname "$0")/.."
set -- "$1" -h ${shellWord(host)} -p ${port} -V mqttv5 -i ${shellWord(clientId)} -q 1 \\
  --cafile ${FILES.rootCa} --cert ${FILES.certificate} --key ${FILES.privateKey}
if [ "$1" = listen ]; then
  shift
  exec mosquitto_sub "$@" -t ${shellWord(topics.subscribe)} -F '%t %p'
fi
shift
mosquitto_pub "$@" -t ${shellWord(topics.publish)} -m '{"hello":"mosquitto"}'
echo published
`
}

export function nodeSample({ place: { host, port }, clientId, topics }: Device): string {
  return `// Publishes one message; with the argument listen, prints what comes until it is stopped.
// Needs \`npm install mqtt\`.
import { readFileSync } from 'node:fs'
import mqtt from 'mqtt'

const file = (name) => readFileSync(new URL(\`../\${name}\`, import.meta.url))

const client = mqtt.connect({
  protocol: 'mqtts',
  host: ${literal(host)},
  port: ${port},
  clientId: ${literal(clientId)},
  protocolVersion: 5,
  reconnectPeriod: 0,
  ca: file(${literal(FILES.rootCa)}),
  cert: file(${literal(FILES.certificate)}),
  key: file(${literal(FILES.privateKey)}),
})

let isOver = false

function fail(error) {
  console.error(error.message)
  process.exitCode = 1
  client.end(true)
}

client.on('error', fail)
client.on('close', () => {
  if (!isOver) fail(new Error('the connection was closed'))
})
client.on('message', (topic, payload) => console.log(topic, payload.toString()))
client.on('connect', async () => {
  try {
    if (process.argv[2] === 'listen') {
      await client.subscribeAsync(${literal(topics.subscribe)}, { qos: 1 })
      console.log(${literal(`listening to ${topics.subscribe}`)})
      return
    }
    await client.publishAsync(${literal(topics.publish)}, JSON.stringify({ hello: 'Node.js' }), { qos: 1 })
    console.log('published')
    isOver = true
    await client.endAsync()
  } catch (error) {
    fail(error)
  }
})
`
}

export function pythonSample({ place: { host, port }, clientId, topics }: Device): string {
  return `# Publishes one message; with the argument listen, prints what comes until it is stopped.
# Needs \`pip install paho-mqtt\`; 1.6, as distributions have it, will do.
import pathlib
import sys

import paho.mqtt.client as mqtt

folder = pathlib.Path(__file__).resolve().parent.parent
is_listening = sys.argv[1:] == ["listen"]
failure = "the connection was closed"


def on_connect(client, userdata, flags, reason_code, properties):
    global failure
    if reason_code.value >= 128:
        failure = f"not connected: {reason_code}"
    elif is_listening:
        client.subscribe(${literal(topics.subscribe)}, qos=1)
    else:
        client.publish(${literal(topics.publish)}, '{"hello":"Python"}', qos=1)


def on_subscribe(client, userdata, mid, reason_codes, properties):
    global failure
    if reason_codes[0].value >= 128:
        failure = f"not subscribed: {reason_codes[0]}"
        client.disconnect()
    else:
        print(${literal(`listening to ${topics.subscribe}`)}, flush=True)


def on_message(client, userdata, message):
    print(message.topic, message.payload.decode(errors="replace"), flush=True)


# paho-mqtt 1 does not say how it was answered.
def on_publish(client, userdata, mid, reason_code=None, properties=None):
    global failure
    is_refused = reason_code is not None and reason_code.value >= 128
    failure = f"not published: {reason_code}" if is_refused else None
    if failure is None:
        print("published", flush=True)
    client.disconnect()


versions = getattr(mqtt, "CallbackAPIVersion", None)
client = mqtt.Client(
    *([versions.VERSION2] if versions else []),
    client_id=${literal(clientId)},
    protocol=mqtt.MQTTv5,
    reconnect_on_failure=False,
)
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
client.on_publish = on_publish
client.tls_set(
    ca_certs=str(folder / ${literal(FILES.rootCa)}),
    certfile=str(folder / ${literal(FILES.certificate)}),
    keyfile=str(folder / ${literal(FILES.privateKey)}),
)
client.connect(${literal(host)}, ${port})
client.loop_forever()
sys.exit(failure)
`
}

/** A project whose certificates are those of the archive: the private key is in it once. */
export function espIdfFiles({ place: { host, port }, clientId, topics }: Device): Readonly<Record<string, string>> {
  const files = [FILES.rootCa, FILES.certificate, FILES.privateKey]
  const symbol = (name: string) => `_binary_${name.replace(/[^A-Za-z0-9]/g, '_')}_start`
  const topic = literal(topics.publish)
  return {
    'samples/esp-idf/CMakeLists.txt': `cmake_minimum_required(VERSION 3.16)
include($ENV{IDF_PATH}/tools/cmake/project.cmake)
project(device)
`,
    'samples/esp-idf/main/CMakeLists.txt': `idf_component_register(
  SRCS main.c
  REQUIRES mqtt esp_wifi esp_event esp_netif nvs_flash
  EMBED_TXTFILES ${files.map((name) => `../../../${name}`).join(' ')})
`,
    'samples/esp-idf/main/main.c': `// Publishes one message. For ESP-IDF 5.
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "esp_wifi.h"
#include "mqtt_client.h"
#include "nvs_flash.h"

#define WIFI_SSID "your network"
#define WIFI_PASSWORD "its password"

extern const char root_ca[] asm("${symbol(FILES.rootCa)}");
extern const char device_cert[] asm("${symbol(FILES.certificate)}");
extern const char device_key[] asm("${symbol(FILES.privateKey)}");

static void on_mqtt(void *arg, esp_event_base_t base, int32_t id, void *data) {
  esp_mqtt_event_handle_t event = data;
  if (id == MQTT_EVENT_CONNECTED) {
    esp_mqtt_client_publish(event->client, ${topic}, "{\\"hello\\":\\"ESP32\\"}", 0, 1, 0);
  } else if (id == MQTT_EVENT_PUBLISHED) {
    ESP_LOGI("device", "published");
  }
}

static void on_network(void *arg, esp_event_base_t base, int32_t id, void *data) {
  if (base == WIFI_EVENT) { // started, or disconnected
    esp_wifi_connect();
    return;
  }
  const esp_mqtt_client_config_t config = {
    .broker.address.hostname = ${literal(host)},
    .broker.address.port = ${port},
    .broker.address.transport = MQTT_TRANSPORT_OVER_SSL,
    .broker.verification.certificate = root_ca,
    .credentials.client_id = ${literal(clientId)},
    .credentials.authentication.certificate = device_cert,
    .credentials.authentication.key = device_key,
  };
  esp_mqtt_client_handle_t client = esp_mqtt_client_init(&config);
  esp_mqtt_client_register_event(client, ESP_EVENT_ANY_ID, on_mqtt, NULL);
  esp_mqtt_client_start(client);
}

void app_main(void) {
  ESP_ERROR_CHECK(nvs_flash_init());
  ESP_ERROR_CHECK(esp_netif_init());
  ESP_ERROR_CHECK(esp_event_loop_create_default());
  esp_netif_create_default_wifi_sta();
  wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
  ESP_ERROR_CHECK(esp_wifi_init(&init));
  ESP_ERROR_CHECK(esp_event_handler_register(WIFI_EVENT, WIFI_EVENT_STA_START, on_network, NULL));
  ESP_ERROR_CHECK(esp_event_handler_register(WIFI_EVENT, WIFI_EVENT_STA_DISCONNECTED, on_network, NULL));
  ESP_ERROR_CHECK(esp_event_handler_register(IP_EVENT, IP_EVENT_STA_GOT_IP, on_network, NULL));
  wifi_config_t wifi = { .sta = { .ssid = WIFI_SSID, .password = WIFI_PASSWORD } };
  ESP_ERROR_CHECK(esp_wifi_set_mode(WIFI_MODE_STA));
  ESP_ERROR_CHECK(esp_wifi_set_config(WIFI_IF_STA, &wifi));
  ESP_ERROR_CHECK(esp_wifi_start());
}
`,
  }
}
