#!/bin/sh
# Started by Playwright in Chromium's stead; its pipes go through.
exec ip netns exec "$MYCHAT_NAMESPACE" "$MYCHAT_CHROMIUM" "$@"
