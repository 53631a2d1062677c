import type { Constraints } from '../types.ts'
import { IOT_COLLECTIONS } from './iot-collections.ts'
import { IOT_ENUMS } from './iot-enums.ts'
import { IOT_SIZES } from './iot-sizes.ts'
import { IOT_TEXT } from './iot-text.ts'

/** What AWS IoT's control plane accepts, by member. */
export const IOT_CONSTRAINTS: Constraints = { ...IOT_SIZES, ...IOT_TEXT, ...IOT_ENUMS, ...IOT_COLLECTIONS }
