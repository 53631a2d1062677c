import type { CLASSIC_SHADOW as Classic } from '@thingdeck/contract'

/** What the audit trail is asked for the classic shadow by: no shadow can have this name. */
export const CLASSIC_SHADOW: typeof Classic = '(classic)'
