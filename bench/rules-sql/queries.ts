/** A rule, the same in jsonata, and a message as devices send it. */
export interface QueryCase {
  readonly name: string
  readonly sql: string
  readonly jsonata: string
  readonly payload: string
}

const reading = JSON.stringify({ temperature: 21.5, humidity: 40, battery: 3.61, device: 'pump-7' })

const telemetry = JSON.stringify({
  deviceId: 'pump-7',
  sentAt: 1_700_000_000_123,
  firmware: '4.2.11-rc1',
  site: { name: 'Plant north', zone: 'B', position: { lat: 52.520008, lon: 13.404954 } },
  pump: { rpm: 1480, current: 7.42, vibration: { x: 0.12, y: 0.31, z: 0.08 }, isRunning: true },
  alarms: ['HIGH_VIBRATION', 'SERVICE_DUE'],
  network: { rssi: -71, operator: 'example', retries: 0 },
})

const batch = JSON.stringify({
  gateway: 'gw-12',
  readings: Array.from({ length: 40 }, (_, index) => ({
    sensor: `sensor-${index}`,
    value: 20 + ((index * 7) % 13) / 4,
    unit: 'C',
    isValid: index % 5 !== 0,
  })),
})

/** From trivial to nested. */
export const QUERIES: readonly QueryCase[] = [
  { name: 'the message as it is', sql: "SELECT * FROM 'plant/#'", jsonata: '$', payload: reading },
  {
    name: 'two fields and a condition',
    sql: "SELECT temperature, device FROM 'plant/#' WHERE temperature > 20",
    jsonata: 'temperature > 20 ? {"temperature": temperature, "device": device}',
    payload: reading,
  },
  {
    name: 'paths, aliases and conditions',
    sql:
      "SELECT deviceId AS id, site.position.lat AS position.lat, site.position.lon AS position.lon, pump.rpm AS rpm FROM 'plant/#' " +
      "WHERE pump.isRunning = true AND pump.vibration.y > 0.3 AND site.zone IN ['A', 'B']",
    jsonata:
      '(pump.isRunning = true and pump.vibration.y > 0.3 and site.zone in ["A", "B"]) ? ' +
      '{"id": deviceId, "position": {"lat": site.position.lat, "lon": site.position.lon}, "rpm": pump.rpm}',
    payload: telemetry,
  },
  {
    name: 'computing and functions',
    sql:
      "SELECT upper(deviceId) + '/' + site.zone AS key, pump.rpm * pump.current AS load, CASE site.zone WHEN 'A' THEN 1 WHEN 'B' THEN 2 " +
      "ELSE 3 END AS zone, get(alarms, 0) AS alarm FROM 'plant/#' WHERE startswith(firmware, '4.') AND NOT isnull(network.rssi)",
    jsonata:
      '($substring(firmware, 0, 2) = "4." and $exists(network.rssi)) ? {"key": $uppercase(deviceId) & "/" & site.zone, ' +
      '"load": pump.rpm * pump.current, "zone": site.zone = "A" ? 1 : site.zone = "B" ? 2 : 3, "alarm": alarms[0]}',
    payload: telemetry,
  },
  {
    name: 'a nested query over an array',
    sql: "SELECT gateway, (SELECT sensor, value * 2 + 32 AS fahrenheit FROM readings WHERE isValid = true AND value > 21) AS hot FROM 'plant/#'",
    jsonata:
      '{"gateway": gateway, "hot": readings[isValid = true and value > 21].{"sensor": sensor, "fahrenheit": value * 2 + 32}}',
    payload: batch,
  },
]
