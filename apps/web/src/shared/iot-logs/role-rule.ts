/** What is wrong with the role that AWS IoT logs by; undefined: nothing. */
export const roleRule = (roleArn: string): string | undefined =>
  /^arn:[^:]+:iam::\d{12}:role\/.+$/.test(roleArn)
    ? undefined
    : 'It is to be the ARN of an IAM role, like arn:aws:iam::123456789012:role/iot-logging.'
