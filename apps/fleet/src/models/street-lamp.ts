import { type DeviceModel, numberIn, type Properties } from '../device-model.ts'
import { between, type Random, rounded } from '../random.ts'

/** A lamp fades, so that an operator sees `reported` follow `desired` instead of jump to it. */
const FADE_PERCENT_PER_SECOND = 15
const WATTS_AT_FULL = 72

/** A street lamp that switches and dims. */
export function createStreetLamp(thingName: string, site: string, random: Random): DeviceModel {
  let on = random() < 0.5
  let targetBrightness = rounded(between(random, 40, 100), 0)
  let brightness = targetBrightness
  let energyWattHours = between(random, 1_000, 9_000)
  const intervalMs = Math.round(between(random, 2_500, 5_000))
  const watts = () => (on ? (WATTS_AT_FULL * brightness) / 100 : 0.4)

  return {
    thingName,
    thingTypeName: 'street-lamp',
    attributes: { site, model: 'SL-72', pole: `P${Math.floor(between(random, 100, 999))}` },
    site,
    shadowNames: [''],
    intervalMs: () => intervalMs,
    advance(seconds) {
      const step = FADE_PERCENT_PER_SECOND * seconds
      const distance = targetBrightness - brightness
      brightness = Math.abs(distance) <= step ? targetBrightness : brightness + Math.sign(distance) * step
      energyWattHours += (watts() * seconds) / 3600
    },
    telemetry: () => ({
      watts: rounded(watts()),
      brightness: rounded(brightness, 0),
      energyWh: rounded(energyWattHours),
    }),
    reported: (): Properties => ({ on, brightness: rounded(brightness, 0), firmware: '1.9.0' }),
    desire(_shadowName, desired) {
      if (typeof desired.on === 'boolean') on = desired.on
      targetBrightness = numberIn(desired.brightness, 0, 100) ?? targetBrightness
    },
    carriedOut: () => [],
    alarms: () => [],
  }
}
