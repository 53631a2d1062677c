/** All in pixels. */
export const BAND_TOP = 22
export const BAND_HEIGHT = 16
export const LANES_TOP = BAND_TOP + BAND_HEIGHT + 8
export const LANE_HEIGHT = 26
/** Marks of a lane begin so far apart at least: there is room for a number of two digits. */
export const MARK_PX = 20

export const heightOf = (lanes: number): number => LANES_TOP + Math.max(1, lanes) * LANE_HEIGHT + 2
