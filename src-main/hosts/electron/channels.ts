/** Names of the two ways between page and core. */
export const callChannel = 'slipway:call';
export const eventChannel = 'slipway:event';
