;;; typist.el --- Sits before an Emacs without a screen  -*- lexical-binding: t -*-

;;; Commentary:

;; Gives commands, waits for what comes of them, and tells what is seen: a
;; line of JSON each.

;;; Code:

(require 'eglot)
(require 'flymake)
(require 'json)

(defconst typist-safety 20
  "Seconds after which a wait is given up; nothing is measured with it.")

(defun typist-see (name value)
  "Tell that NAME is VALUE."
  (princ (concat (json-encode `((name . ,name) (value . ,value))) "\n")))

(defun typist-command (function &rest arguments)
  "Call FUNCTION with ARGUMENTS as the command loop calls a command."
  (run-hooks 'pre-command-hook)
  (prog1 (apply function arguments)
    (typist-after)))

(defun typist-after ()
  "Do what follows a command where there is a screen."
  (run-window-configuration-change-hook)
  (run-hooks 'post-command-hook))

(defun typist-find (what look)
  "Wait until LOOK answers something, and answer that.  WHAT is its name."
  (let ((late (+ (float-time) typist-safety))
        found)
    (while (not (setq found (funcall look)))
      (when (> (float-time) late)
        (typist-see 'wrong
                    (format "never seen: %s\n%s\n%S\n%s" what (typist-text)
                            (mapcar #'flymake-diagnostic-text (flymake-diagnostics))
                            (with-current-buffer (messages-buffer) (typist-text))))
        (kill-emacs 1))
      (accept-process-output nil 0.01)
      (typist-after))
    found))

(defun typist-text ()
  "All of the text of this buffer."
  (buffer-substring-no-properties (point-min) (point-max)))

(provide 'typist)
;;; typist.el ends here
