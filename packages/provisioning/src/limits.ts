/** Characters of a template's body (API reference, CreateProvisioningTemplate, `templateBody`). */
export const MAX_TEMPLATE_CHARACTERS = 10_240

/** Characters of one text that functions put together: a Fn::Sub in a Fn::Join doubles what it is given each time. */
export const MAX_TEXT_CHARACTERS = 65_536
