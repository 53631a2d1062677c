import type { DeviceModel } from './device-model.ts'
import { createPump } from './models/pump.ts'
import { createStreetLamp } from './models/street-lamp.ts'
import { createThermostat } from './models/thermostat.ts'
import { seededRandom } from './random.ts'

const KINDS = [
  { prefix: 'thermostat', sites: ['hall-1', 'hall-2'], create: createThermostat },
  { prefix: 'lamp', sites: ['north-road', 'south-road'], create: createStreetLamp },
  { prefix: 'pump', sites: ['hall-2', 'waterworks'], create: createPump },
] as const

/**
 * `count` devices, the kinds in turn: thermostat-1, lamp-1, pump-1, thermostat-2, … Each has numbers of its own, so
 * that a device behaves the same in a fleet of any size.
 */
export function createModels(count: number, seed: number): DeviceModel[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = KINDS[index % KINDS.length] as (typeof KINDS)[number]
    const number = Math.floor(index / KINDS.length) + 1
    const site = kind.sites[number % kind.sites.length] as string
    return kind.create(`${kind.prefix}-${number}`, site, seededRandom(seed * 1_000 + index))
  })
}
