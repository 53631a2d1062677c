import { type DeviceModel, numberIn, oneOf, type Properties } from '../device-model.ts'
import { between, type Random, rounded } from '../random.ts'

const MODES = ['heat', 'off'] as const
const OUTDOOR_CELSIUS = 8
const HEATER_CELSIUS_PER_SECOND = 0.05
/** Share of the difference to outdoors that a room loses each second. */
const LOSS_PER_SECOND = 0.0008

/** A thermostat that heats its room towards a desired temperature. */
export function createThermostat(thingName: string, site: string, random: Random): DeviceModel {
  let temperature = between(random, 17, 22)
  let targetTemperature = rounded(between(random, 19, 22), 0)
  let mode: (typeof MODES)[number] = 'heat'
  let heating = false
  const humidity = between(random, 35, 55)
  const intervalMs = Math.round(between(random, 2_000, 4_000))

  return {
    thingName,
    thingTypeName: 'thermostat',
    attributes: { site, model: 'TH-200', serial: String(Math.floor(between(random, 1e5, 1e6))) },
    site,
    shadowNames: [''],
    intervalMs: () => intervalMs,
    advance(seconds) {
      // Half a degree of hysteresis keeps the heater from chattering.
      if (mode === 'off' || temperature >= targetTemperature + 0.2) heating = false
      else if (temperature <= targetTemperature - 0.3) heating = true
      temperature += heating ? HEATER_CELSIUS_PER_SECOND * seconds : 0
      temperature -= (temperature - OUTDOOR_CELSIUS) * LOSS_PER_SECOND * seconds
    },
    telemetry: () => ({
      temperature: rounded(temperature + between(random, -0.05, 0.05), 2),
      humidity: rounded(humidity + between(random, -1, 1)),
      heating,
    }),
    reported: (): Properties => ({ targetTemperature, mode, heating, firmware: '2.4.1' }),
    desire(_shadowName, desired) {
      targetTemperature = numberIn(desired.targetTemperature, 5, 30) ?? targetTemperature
      mode = oneOf(desired.mode, MODES) ?? mode
    },
    carriedOut: () => [],
    alarms: () => [],
  }
}
