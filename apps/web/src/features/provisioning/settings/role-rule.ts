/** What is wrong with the role that AWS IoT provisions with; undefined: nothing. */
export const roleRule = (text: string): string | undefined =>
  /^arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role\/.+$/.test(text)
    ? undefined
    : 'Choose or make a role, or write its ARN: arn:aws:iam::ACCOUNT:role/NAME.'
