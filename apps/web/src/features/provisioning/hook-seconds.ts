/** AWS IoT waits so long for a hook (AWS IoT Core developer guide, "Pre-provisioning hooks"). */
export const HOOK_SECONDS = 5
