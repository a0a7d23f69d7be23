package io.landfall.deploy.report;

/**
 * Why a pod is not ready.
 *
 * @param pod its name
 * @param reason in a line
 */
public record Trouble(String pod, String reason) {}
