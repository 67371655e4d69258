/** So many addresses of a mailbox may wait for their reader's agreement: nobody can have letters sent to the whole world. */
export const MAX_OPEN_FORWARD_REQUESTS = 20
